//! What the work has cost so far: booked hours × rates, invoices, and receipts not yet invoiced.
