"""Lexicons of the desk"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lexicon_drafts",
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "trial",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            server_default="{}",
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("author", name=op.f("pk_lexicon_drafts")),
    )
    op.create_table(
        "lexicons",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_lexicons")),
    )
    with op.batch_alter_table("tickets") as tickets:
        tickets.add_column(sa.Column("lexicon_version", sa.Integer(), server_default="0", nullable=False))
        tickets.add_column(sa.Column("first_category", sa.String(), server_default="", nullable=False))
        tickets.add_column(sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True))
        tickets.create_index(op.f("ix_tickets_corrected_at"), ["corrected_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("tickets") as tickets:
        tickets.drop_index(op.f("ix_tickets_corrected_at"))
        tickets.drop_column("corrected_at")
        tickets.drop_column("first_category")
        tickets.drop_column("lexicon_version")
    op.drop_table("lexicons")
    op.drop_table("lexicon_drafts")
