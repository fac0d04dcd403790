#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr, reason = "a benchmark reads files and the clock and prints")]
//! psplib

mod reader;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use milepost::plan::levelling::*;
use reader::{Instance, Known, read_known, read_set};

struct Outcome { length: i64, schedules: u64, time: Duration, fault: Option<String> }

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut dir = PathBuf::new();
    let mut schedules = 1000; let mut sets = vec!["j30","j60","j120"]; let mut seed = 1; let mut threads = 1;
    let mut method = "search".to_owned();
    let mut stride = 1; let mut offset = 0;
    let mut t = Tuning { members: 30, leaning: 2, replace: 0, mutate: 50, children: 1, x: 0, y: 0 };
    let mut i = 0;
    while i < args.len() {
        let v = args.get(i+1).cloned().unwrap_or_default();
        match args[i].as_str() {
            "--schedules" => { schedules = v.parse().unwrap(); i+=1; }
            "--set" => { sets = match v.as_str() {"j30"=>vec!["j30"],"j60"=>vec!["j60"],_=>vec!["j120"]}; i+=1; }
            "--seed" => { seed = v.parse().unwrap(); i+=1; }
            "--threads" => { threads = v.parse().unwrap(); i+=1; }
            "--method" => { method = v; i+=1; }
            "--stride" => { stride = v.parse().unwrap(); i+=1; }
            "--offset" => { offset = v.parse().unwrap(); i+=1; }
            "--tune" => { for p in v.split(',') { let (k,x) = p.split_once('=').unwrap(); let x: u64 = x.parse().unwrap();
                match k { "members"=>t.members=x as usize,"leaning"=>t.leaning=x as u32,"replace"=>t.replace=x as u32,"mutate"=>t.mutate=x,"children"=>t.children=x as usize,"x"=>t.x=x,"y"=>t.y=x,_=>panic!()} } i+=1; }
            d => dir = PathBuf::from(d),
        }
        i+=1;
    }
    let known = read_known(&dir.join("best_known.csv")).unwrap();
    for set in sets {
        let all = read_set(&dir.join(set)).unwrap();
        let instances: Vec<Instance> = all.into_iter().enumerate().filter(|(i,_)| i % stride == offset).map(|(_,x)| x).collect();
        let mpm = instances.iter().filter(|i| i.mpm_time == i.problem.critical_path_length()).count();
        let next = AtomicUsize::new(0);
        let results: Mutex<Vec<(usize, Outcome)>> = Mutex::new(Vec::new());
        let begin = Instant::now();
        std::thread::scope(|s| { for _ in 0..threads { s.spawn(|| loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(inst) = instances.get(at) else { break };
            let o = solve(inst, &known[&inst.name], &method, Budget { schedules, seed }, &t);
            results.lock().unwrap().push((at, o));
        }); } });
        let total = begin.elapsed();
        let mut r = results.into_inner().unwrap(); r.sort_by_key(|x| x.0);
        let (mut dev, mut equal, mut n, mut time, mut bestdev) = (0.0, 0, 0u64, Duration::ZERO, 0.0);
        for (at, o) in &r {
            let k = &known[&instances[*at].name];
            let base = if set == "j30" { k.upper } else { k.critical_path };
            dev += (o.length - base) as f64 / base as f64 * 100.0;
            bestdev += (k.upper - base) as f64 / base as f64 * 100.0;
            equal += usize::from(o.length <= k.upper);
            n += o.schedules; time += o.time;
            if let Some(f) = &o.fault { println!("{}: {f}", instances[*at].name); }
        }
        println!("{set}: {} instances, MPM {mpm}, dev {:.3} % (best known {:.3}), {equal} best, {} schedules, {:.0} schedules/s/core, {:.1} s",
            r.len(), dev / r.len() as f64, bestdev / r.len() as f64, n, n as f64 / time.as_secs_f64(), total.as_secs_f64());
    }
    ExitCode::SUCCESS
}

fn solve(inst: &Instance, known: &Known, method: &str, budget: Budget, t: &Tuning) -> Outcome {
    let begin = Instant::now();
    let mut g = Serial::new(&inst.problem);
    let found = match method {
        "single" => { let list = list_by_rule(g.network(), &Rule::LatestFinish.keys(&g)); let mut plan = Plan::blank(list.len()); let length = g.forward(&list, &mut plan); Found { plan, list, length, schedules: 1, proven: false } }
        "rule" => plan_by_rule(&mut g, Rule::LatestFinish),
        "sample" => sample(&mut g, Rule::LatestFinish, budget),
        _ => search_tuned(&mut g, budget, t),
    };
    let time = begin.elapsed();
    let b = breaches(&inst.problem, &found.plan);
    let fault = if !b.is_empty() { Some(format!("{b:?}")) } else if found.length < known.lower || found.plan.finish() != found.length { Some("too short".into()) } else { None };
    Outcome { length: found.length, schedules: found.schedules, time, fault }
}
