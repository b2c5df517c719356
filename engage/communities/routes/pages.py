"""The blueprint that the pages of this room hang on."""

from engage.web.pages import page_blueprint

blueprint = page_blueprint("communities", __name__)
