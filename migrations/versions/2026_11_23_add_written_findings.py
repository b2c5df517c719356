"""Add written findings."""

import sqlalchemy as sa
from alembic import op

revision = "7d3f0b5c1a62"
down_revision = "b1d0c2a7e94f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "written_findings",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["rounds.id"],
            name=op.f("fk_written_findings_round_id_rounds"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("round_id", "question", name=op.f("pk_written_findings")),
    )


def downgrade() -> None:
    op.drop_table("written_findings")
