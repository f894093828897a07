"""How records are shown: a module for each module of records, under the same name."""
