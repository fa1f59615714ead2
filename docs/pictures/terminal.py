"""Draws what a command prints on a terminal as an SVG picture.

    docs/pictures/terminal.py OUT.svg COMMAND [ARGUMENT…]

Colours are those that the program asks for; nothing is added but the prompt."""
import html
import re
import subprocess
import sys

CELL_W, CELL_H, PAD, SIZE = 8.43, 19, 18, 14
INK, PAPER = "#d8dee9", "#1e2430"
COLORS = {"31": "#e07a7a", "32": "#8fc98f", "33": "#e5b567"}

out, command = sys.argv[1], sys.argv[2:]
shown = "nines " + " ".join(command[1:])
text = subprocess.run(command + ["--color", "always"], capture_output=True, text=True, check=True).stdout
lines = [f"\x1b[32m$\x1b[0m \x1b[1m{shown}\x1b[0m"] + text.rstrip("\n").split("\n")
width = max(len(re.sub(r"\x1b\[[0-9]*m", "", line)) for line in lines)
w, h = width * CELL_W + 2 * PAD, len(lines) * CELL_H + 2 * PAD

svg = [
    f'<svg xmlns="http://www.w3.org/2000/svg" width="{w:.0f}" height="{h:.0f}" '
    f'viewBox="0 0 {w:.0f} {h:.0f}" role="img" aria-label="{html.escape(shown)}">',
    f'<rect width="100%" height="100%" rx="8" fill="{PAPER}"/>',
    f'<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="{SIZE}" fill="{INK}">',
]
for row, line in enumerate(lines):
    y = PAD + CELL_H * (row + 0.75)
    column, style = 0, ""
    for part in re.split(r"(\x1b\[[0-9]*m)", line):
        code = re.fullmatch(r"\x1b\[([0-9]*)m", part)
        if code:
            c = code.group(1)
            style = {"1": ' font-weight="bold"', "2": ' fill="#7f8aa0"', "0": ""}.get(
                c, f' fill="{COLORS.get(c, INK)}"')
            continue
        # Words keep their columns whatever the width of the font's glyphs.
        for word in re.finditer(r"\S+(?: \S+)*", part):
            x = PAD + (column + word.start()) * CELL_W
            length = len(word.group()) * CELL_W
            svg.append(f'<text x="{x:.1f}" y="{y:.1f}" textLength="{length:.1f}" '
                       f'lengthAdjust="spacingAndGlyphs"{style}>{html.escape(word.group())}</text>')
        column += len(part)
svg += ["</g>", "</svg>"]
open(out, "w", encoding="utf-8").write("\n".join(svg) + "\n")
