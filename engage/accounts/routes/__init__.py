"""Pages of signing in, of one's own account, and of the administrator."""

from engage.accounts.routes import account, links, second_factor, sign_in, users
from engage.accounts.routes.pages import blueprint

__all__ = ["account", "blueprint", "links", "second_factor", "sign_in", "users"]
