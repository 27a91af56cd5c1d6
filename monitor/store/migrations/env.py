"""Run by Alembic: the migrations speak over the connection that the program opened."""

from alembic import context

from monitor.store.migrations.search_0012 import is_in_schema
from monitor.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    include_name=is_in_schema,
)
with context.begin_transaction():
    context.run_migrations()
