"""Official documents (公文) as this program writes them: their blocks, and the Word file of them."""
