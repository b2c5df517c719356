"""Drop index of submissions."""

from alembic import op

revision = "5c94e18030e1"
down_revision = "44fcb53086ee"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submissions_day"))


def downgrade() -> None:
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submissions_day"), ["day"], unique=False)
