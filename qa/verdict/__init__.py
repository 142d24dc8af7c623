"""The verdict: findings weighed by severities, waivers, precedence and the gate.

Other rooms use `judge` and `waivers`.
"""
