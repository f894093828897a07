"""Audits of matchings by groups of people."""
