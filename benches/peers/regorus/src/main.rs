//! The seconds of one evaluation by regorus, once the policy is loaded and the input is read: the middle of many.

use regorus::{Engine, Value};
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(policy), Some(input)) = (arguments.next(), arguments.next()) else {
        return Err("name the policy and the input".into());
    };
    let mut engine = Engine::new();
    engine.add_policy_from_file(policy)?;
    let input = Value::from_json_file(input)?;
    let mut batch = || -> Result<f64, Box<dyn Error>> {
        let start = Instant::now();
        for _ in 0..200 {
            engine.set_input(input.clone());
            engine.eval_rule("data.main.deny".to_owned())?;
        }
        Ok(start.elapsed().as_secs_f64() / 200.0)
    };
    let mut times = (0..25).map(|_| batch()).collect::<Result<Vec<_>, _>>()?;
    times.sort_by(f64::total_cmp);
    println!("{}", times[times.len() / 2]);
    Ok(())
}
