//! Work for two threads.

/// What comes of each of a list, in its order: the two halves at the same time, from `worth` things on.
pub fn by_halves<T: Sync, U: Send>(list: &[T], worth: usize, make: impl Fn(&T) -> Vec<U> + Sync) -> Vec<U> {
    if list.len() < worth {
        return list.iter().flat_map(make).collect();
    }
    let (first, second) = list.split_at(list.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| second.iter().flat_map(&make).collect::<Vec<U>>());
        let mut made: Vec<U> = first.iter().flat_map(&make).collect();
        made.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        made
    })
}
