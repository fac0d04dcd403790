//! What the plan as typed costs, task by task.
