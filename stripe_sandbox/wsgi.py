import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "stripe_sandbox.settings"
application = get_wsgi_application()

from stripe_sandbox import seed, ticker  # noqa: E402  (models load after the set-up above)

seed.plant()
threading.Thread(target=ticker.tick, args=[threading.Event()], name="sandbox-clock", daemon=True).start()
