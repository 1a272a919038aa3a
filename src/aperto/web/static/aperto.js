/* Aperto, MPL-2.0. Written by tools/bundle.py from static/js. */

