//! What should be earned by a day, by the same method that earns it.
