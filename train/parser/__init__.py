"""Training of tercet's language models: a MiniLM teacher and the fast student that ships."""
