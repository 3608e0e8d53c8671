//! A VNeID, a gateway and a portal to train and test against, with a clock and faults.
