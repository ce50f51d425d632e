"""The pages. A view reads its address, asks the rows one question, and renders the page or the part
that changed.
"""
