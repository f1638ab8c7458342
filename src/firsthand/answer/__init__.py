"""Contacts, queues, offers and seats: the desk and the room."""
