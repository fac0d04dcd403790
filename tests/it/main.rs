//! The one integration binary: the corpus, the sample, the walls of the house, the program itself.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests stand outside the house: they read its files, and a failed unwrap is a failed test"
)]
#![allow(clippy::float_cmp, reason = "known figures are exact to the digits that are compared")]

mod accounts_settled;
mod architecture;
mod audience;
mod audience_unsure;
mod between_projects;
mod board_is_told;
mod browser;
mod business_case_page;
mod bytes;
mod charts;
mod ci;
mod clones;
mod commands;
mod corpus;
mod dates_by_hand;
mod documented;
mod documents;
mod downloads;
mod earned_pages;
mod editors;
mod figures;
mod finding;
mod fourteen_points;
mod frozen_fields;
mod frozen_gates;
mod frozen_records;
mod fuzz_corpus;
mod gaps_and_waits;
mod gate_asks;
mod gate_documents;
mod gate_figures;
mod gates_gone_by;
mod history;
mod honest_answers;
mod hostile;
mod house;
mod import;
mod interchange;
mod live;
mod money_followed;
mod money_pages;
mod ms_project;
mod nothing_lost;
mod one_rule;
mod pages_of_work;
mod paper;
mod paper_commands;
mod plain_numbers;
mod plain_words;
mod promises_and_money;
mod publication;
mod read_at_once;
mod repository;
mod risk_reference;
mod said;
mod sample;
mod sample_project;
mod schedule_risk_page;
mod schedule_truth;
mod serve;
mod sheets;
mod sound_figures;
mod statements;
mod storylines;
mod streams;
mod theme_reference;
mod told_alike;
mod unread_days;
mod unread_figures;
mod unusual_pages;
mod what_comes_first;
mod whatever_is_decided;
mod whole_life;
