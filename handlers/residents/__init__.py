"""The resident's side: what arrives from WeChat, and what is answered."""
