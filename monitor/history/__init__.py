"""Questions to what is remembered, and typed answers: asked by every surface alike."""
