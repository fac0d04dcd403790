//! Runs a program to its end and says how long it took.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A run that ended by itself.
pub struct Run {
    /// Seconds by the clock.
    pub seconds: f64,
    /// Seconds of processor time, as last seen (every 5 ms); zero where the system does not tell.
    pub processor: f64,
    /// The highest memory use in MB, as last seen.
    pub megabytes: f64,
    /// What it said on its error stream.
    pub words: String,
}

/// How a run ended.
pub enum Ended {
    Itself(Run),
    Stopped,
    Never(String),
}

/// Runs a program in a folder, for so many seconds at most.
pub fn run(program: &Path, arguments: &[&str], folder: &Path, limit_seconds: u64) -> Ended {
    let words_file = folder.join("words.txt");
    let Ok(words) = std::fs::File::create(&words_file) else {
        return Ended::Never(format!("cannot write to {}", folder.display()));
    };
    let begun = Instant::now();
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(words);
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(why) => return Ended::Never(why.to_string()),
    };
    let (mut processor, mut megabytes) = (0.0_f64, 0.0_f64);
    loop {
        processor = processor.max(processor_seconds(child.id()));
        megabytes = megabytes.max(peak_megabytes(&child.id().to_string()));
        if matches!(child.try_wait(), Ok(Some(_)) | Err(_)) {
            break;
        }
        if begun.elapsed() > Duration::from_secs(limit_seconds) {
            child.kill().ok();
            child.wait().ok();
            return Ended::Stopped;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let seconds = begun.elapsed().as_secs_f64();
    let words = std::fs::read_to_string(&words_file).unwrap_or_default();
    Ended::Itself(Run { seconds, processor, megabytes, words })
}

/// User and system time of a process from `/proc`, where there is one: fields 14 and 15, in hundredths of a second.
pub fn processor_seconds(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The second field is a name in brackets that may hold blanks.
    let Some((_, fields)) = stat.rsplit_once(')') else { return 0.0 };
    let ticks: u32 =
        fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u32>().ok()).sum();
    f64::from(ticks) / 100.0
}

/// Processor time of this thread so far, where the system tells.
pub fn own_processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().next().and_then(|field| field.parse::<u64>().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0)).as_secs_f64()
}

/// The highest memory use of a process so far, in MB; zero where the system does not tell.
pub fn peak_megabytes(process: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let kilobytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse::<u32>().ok());
    f64::from(kilobytes.unwrap_or(0)) / 1024.0
}

/// The middle one of several measurements.
pub fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}
