"""Add all rounds to exports."""

import sqlalchemy as sa
from alembic import op

revision = "b1d0c2a7e94f"
down_revision = "1fc653b8418b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("exports", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("all_rounds", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("exports", schema=None) as batch_op:
        batch_op.drop_column("all_rounds")
