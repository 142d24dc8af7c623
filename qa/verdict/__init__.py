"""The weight of what was found: severities, waivers, precedence, the gate."""
