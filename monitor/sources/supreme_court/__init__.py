"""The Supreme Court's docket pages."""
