"""Triage: the request judged alone, before anything is built.

Other rooms use `judge`.
"""
