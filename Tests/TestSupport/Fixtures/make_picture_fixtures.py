"""Makes the PNG files in pictures/ with Pillow: python3 make_picture_fixtures.py"""

import os

from PIL import Image

directory = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pictures")
os.makedirs(directory, exist_ok=True)


def save(name, mode, data):
    image = Image.new(mode, (3, 2))
    image.putdata(data)
    image.save(os.path.join(directory, name + ".png"))
    return image


save("gray", "L", [0, 50, 100, 150, 200, 250])
save("bits", "1", [255, 0, 255, 0, 255, 0])
colors = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (1, 4, 7), (2, 5, 8), (3, 6, 9)]
save("colors", "RGB", colors)
palette = Image.new("P", (3, 2))
palette.putpalette([value for color in colors for value in color])
palette.putdata(range(6))
palette.save(os.path.join(directory, "palette.png"))
