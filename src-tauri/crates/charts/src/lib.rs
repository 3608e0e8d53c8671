//! Figures over time or category, drawn by plotters: SVG for the window, PNG for reports, with hot spots.
