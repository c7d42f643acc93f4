#!/bin/sh
# A dump of the database, then the files, so that every file a row names is in the copy; the last KEEP of each are kept.
#   DATABASE_URL=<the owner's> [MEDIA_ROOT=…] [KEEP=14] backup.sh FOLDER
# pg_dump must be of the server's version or newer. Files in a bucket have versions there: leave MEDIA_ROOT out.
set -eu
umask 077
folder=$1
keep=${KEEP:-14}
now=$(date -u +%Y%m%dT%H%M%SZ)
pg_dump --dbname="$DATABASE_URL" --format=custom --lock-wait-timeout=30s --file="$folder/avatarg-$now.dump.part"
mv "$folder/avatarg-$now.dump.part" "$folder/avatarg-$now.dump"
if [ -n "${MEDIA_ROOT:-}" ]; then
    # 1: a file that went away or grew meanwhile
    tar -C "$MEDIA_ROOT" -cf "$folder/media-$now.tar.part" . || [ $? -eq 1 ]
    mv "$folder/media-$now.tar.part" "$folder/media-$now.tar"
fi
for kind in 'avatarg-*.dump' 'media-*.tar'; do
    find "$folder" -maxdepth 1 -name "$kind" | sort -r | tail -n "+$((keep + 1))" | xargs -r rm --
done
