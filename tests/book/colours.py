"""How colours look: their contrast, how far apart they are, and what a colour-blind reader sees of them."""

import numpy as np

#: What is left of linear red, green and blue without one kind of cones: Machado, Oliveira and Fernandes, 2009.
SEEN_WITH = {
    "all cones": np.eye(3),
    "no red cones": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "no green cones": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "no blue cones": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
#: From linear sRGB to CIE XYZ, and the white of sRGB there.
XYZ = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
WHITE = [0.95047, 1.0, 1.08883]


def linear(colour):
    """Light of the three primaries, from a colour such as "#1f6fb8"."""
    full = colour.lstrip("#") if len(colour) == 7 else "".join(2 * digit for digit in colour.lstrip("#"))
    share = np.array([int(full[place : place + 2], 16) for place in (0, 2, 4)]) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """The contrast of WCAG 2, from 1 to 21."""
    dark, light = sorted(linear(colour) @ XYZ[1] for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(colour, cones="all cones"):
    """Lightness and the two axes of colour of CIELAB, as seen with these cones."""
    seen = np.clip(np.matmul(SEEN_WITH[cones], linear(colour)), 0, 1)
    part = np.matmul(XYZ, seen) / WHITE
    x, y, z = np.where(part > 216 / 24389, np.cbrt(part), (24389 / 27 * part + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def difference(one, other):
    """The difference CIEDE2000 of two colours of CIELAB; about 1 can just be seen side by side."""
    (light, *_), (other_light, *_) = one, other
    chroma = (np.hypot(*one[1:]) + np.hypot(*other[1:])) / 2
    stretch = 1.5 - np.sqrt(chroma**7 / (chroma**7 + 25**7)) / 2
    plane, other_plane = complex(one[1] * stretch, one[2]), complex(other[1] * stretch, other[2])
    size, other_size = abs(plane), abs(other_plane)
    mean_light, mean_size = (light + other_light) / 2, (size + other_size) / 2
    turn = np.angle(other_plane * plane.conjugate())
    hue = np.degrees(np.angle(plane) + turn / 2)
    weight = 1 - 0.17 * _cos(hue - 30) + 0.24 * _cos(2 * hue) + 0.32 * _cos(3 * hue + 6) - 0.20 * _cos(4 * hue - 63)
    in_light = (other_light - light) / (1 + 0.015 * (mean_light - 50) ** 2 / np.sqrt(20 + (mean_light - 50) ** 2))
    in_size = (other_size - size) / (1 + 0.045 * mean_size)
    in_hue = 2 * np.sqrt(size * other_size) * np.sin(turn / 2) / (1 + 0.015 * mean_size * weight)
    tilt = np.sin(np.radians(60 * np.exp(-((((hue - 275 + 180) % 360 - 180) / 25) ** 2))))
    tilt *= -2 * np.sqrt(mean_size**7 / (mean_size**7 + 25**7))
    return np.sqrt(in_light**2 + in_size**2 + in_hue**2 + tilt * in_size * in_hue)


def _cos(degrees):
    return np.cos(np.radians(degrees))
