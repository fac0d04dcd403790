//! The one integration binary: the corpus, the sample, the walls of the house, the program itself.

mod architecture;
mod bytes;
mod commands;
mod corpus;
mod house;
mod sample_project;
