from typing import Any

from stripe_sandbox import events, store
from stripe_sandbox.api import fields, prices
from stripe_sandbox.errors import StripeError
from stripe_sandbox.models import Record
from stripe_sandbox.params import Params
from stripe_sandbox.router import PAGING, Call, endpoint, list_of
from stripe_sandbox.shapes import blank
from stripe_sandbox.shapes import product as shape

TAKES = (
    "active", "description", "images", "marketing_features", "metadata", "name", "shippable", "statement_descriptor",
    "tax_code", "unit_label", "url",
)  # fmt: skip


@endpoint("POST", "/v1/products", takes=(*TAKES, "id", "default_price_data"))
def create(call: Call) -> dict[str, Any]:
    id = call.params.text("id") or store.new_id("prod")
    if Record.objects.filter(id=id).exists():
        raise StripeError(f"Product already exists: {id}", code="resource_already_exists", param="id")
    name = call.params.needed("name")
    given = {**_fields(call.params), **fields.metadata(call.params), "name": name}
    product = store.add(shape.build(id=id, created=store.now(), **given))
    events.emit("product.created", product)
    if "default_price_data" in call.params:
        price = call.params.inner("default_price_data")
        price.refuse_unknown(
            ("currency", "metadata", "recurring", "tax_behavior", "unit_amount", "unit_amount_decimal")
        )
        product.data["default_price"] = prices.add(price, product=product.id).id
        store.save(product)
    return product.data


@endpoint("GET", "/v1/products", takes=(*PAGING, "active", "created", "ids", "shippable", "url"))
def list_all(call: Call) -> dict[str, Any]:
    found = store.find(
        "product", **fields.booleans(call.params, "active", "shippable"), **fields.texts(call.params, "url")
    )
    if "ids" in call.params:
        found = found.filter(id__in=call.params.items("ids"))
    return list_of(found, call)


@endpoint("GET", "/v1/products/{product}")
def retrieve(call: Call, product: str) -> dict[str, Any]:
    return store.get("product", product).data


@endpoint("POST", "/v1/products/{product}", takes=(*TAKES, "default_price"))
def update(call: Call, product: str) -> dict[str, Any]:
    found = store.get("product", product)
    given = {**_fields(call.params), **fields.metadata(call.params, found.data["metadata"]), "updated": store.now()}
    if "default_price" in call.params:
        price = store.get("price", call.params.needed("default_price"), param="default_price", status=400)
        if price.data["product"] != product:
            raise StripeError("The default price must belong to the product.", param="default_price")
        given["default_price"] = price.id
    return fields.change(found, given, event="product.updated")


@endpoint("DELETE", "/v1/products/{product}")
def delete(call: Call, product: str) -> dict[str, Any]:
    found = store.get("product", product)
    if store.find("price", product=product).exists():
        raise StripeError("This product cannot be deleted because it has one or more user-created prices.")
    events.emit("product.deleted", found)
    found.deleted_at = store.now()
    store.save(found, "deleted_at")
    return {"id": product, "object": "product", "deleted": True}


@endpoint("GET", "/v1/products/{product}/features", takes=PAGING)
def list_features(call: Call, product: str) -> dict[str, Any]:
    """The sandbox has no entitlements; mirrors ask all the same."""
    store.get("product", product)
    return blank.listing([], call.path)


def _fields(params: Params) -> dict[str, Any]:
    found = fields.texts(params, "description", "name", "statement_descriptor", "tax_code", "unit_label", "url")
    found |= fields.booleans(params, "active", "shippable") | fields.lists(params, "images")
    if "marketing_features" in params:
        features = params.inners("marketing_features")
        for feature in features:
            feature.refuse_unknown(("name",))
        found["marketing_features"] = [{"name": feature.needed("name")} for feature in features]
    return found
