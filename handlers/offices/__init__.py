"""The offices' side: who may do what with a ticket, and what follows from it."""
