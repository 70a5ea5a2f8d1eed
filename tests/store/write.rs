//! What no command can bring about, since it would have to happen between two of its steps.

use std::os::unix::fs::{PermissionsExt as _, symlink};

use super::*;

/// A folder with the files a.toml, b.toml and c.toml, that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = Self(std::env::temp_dir().join(format!("lmnet-store-{}-{name}", std::process::id())));
        fs::create_dir_all(&folder.0).unwrap();
        for name in ["a.toml", "b.toml", "c.toml"] {
            File::create(folder.0.join(name)).unwrap().write_all(b"old").unwrap();
        }
        folder
    }

    fn put(&self, name: &str, text: &str) {
        File::create(self.0.join(name)).unwrap().write_all(text.as_bytes()).unwrap();
    }

    /// Every file with its text, hidden ones too.
    fn files(&self) -> Vec<(String, String)> {
        let entries = fs::read_dir(&self.0).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file());
        let mut files: Vec<_> = entries
            .map(|entry| {
                (
                    entry.file_name().into_string().unwrap(),
                    io::read_to_string(File::open(entry.path()).unwrap()).unwrap(),
                )
            })
            .collect();
        files.sort();
        files
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// a.toml gets other bytes, b.toml another name, c.toml both.
fn three() -> ChangeSet {
    let mut changes = ChangeSet::default();
    changes.set(Path::new("a.toml"), Some(b"old".into()), b"new".into());
    changes.relocate(Path::new("b.toml"), b"old", "moved-b.toml".into());
    changes.set(Path::new("c.toml"), Some(b"old".into()), b"new".into());
    changes.relocate(Path::new("c.toml"), b"new", "moved-c.toml".into());
    changes
}

fn pairs<const N: usize>(files: [(&str, &str); N]) -> Vec<(String, String)> {
    files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec()
}

const OLD: [(&str, &str); 3] = [("a.toml", "old"), ("b.toml", "old"), ("c.toml", "old")];
const NEW: [(&str, &str); 3] = [("a.toml", "new"), ("moved-b.toml", "old"), ("moved-c.toml", "new")];

#[test]
fn all_is_written_and_keeps_its_permissions() {
    let folder = Folder::new("all");
    fs::set_permissions(folder.0.join("c.toml"), Permissions::from_mode(0o640)).unwrap();
    three().write(&folder.0).unwrap();
    assert_eq!(folder.files(), pairs(NEW));
    assert_eq!(fs::metadata(folder.0.join("moved-c.toml")).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn new_files_are_made_only_where_there_is_none() {
    let folder = Folder::new("new");
    let mut changes = ChangeSet::default();
    changes.set(Path::new("d.toml"), None, b"new".into());
    changes.write(&folder.0).unwrap();
    assert_eq!(folder.files().last(), Some(&("d.toml".to_owned(), "new".to_owned())));
    folder.put("d.toml", "of somebody else");
    assert!(changes.write(&folder.0).unwrap_err().to_string().contains("meanwhile"));
    assert_eq!(folder.files().last(), Some(&("d.toml".to_owned(), "of somebody else".to_owned())));
}

#[test]
fn what_is_in_the_way_before_or_between_leaves_everything_as_it_was() {
    type Obstacle = (&'static str, fn(&Folder), &'static str, Vec<(String, String)>);
    let obstacles: [Obstacle; 5] = [
        (
            "changed",
            |folder| folder.put("c.toml", "other"),
            "c.toml: the file was changed",
            pairs([OLD[0], OLD[1], ("c.toml", "other")]),
        ),
        (
            "longer",
            |folder| folder.put("c.toml", "older"),
            "c.toml: the file was changed",
            pairs([OLD[0], OLD[1], ("c.toml", "older")]),
        ),
        (
            "gone",
            |folder| fs::remove_file(folder.0.join("b.toml")).unwrap(),
            "b.toml: the file was changed",
            pairs([OLD[0], OLD[2]]),
        ),
        (
            "taken",
            |folder| folder.put("moved-c.toml", ""),
            "moved-c.toml: there is a file",
            pairs([OLD[0], OLD[1], OLD[2], ("moved-c.toml", "")]),
        ),
        (
            "linked",
            |folder| {
                fs::remove_file(folder.0.join("c.toml")).unwrap();
                symlink("a.toml", folder.0.join("c.toml")).unwrap();
            },
            "c.toml: this is a link",
            pairs(OLD), // c.toml reads as a.toml
        ),
    ];
    for (name, obstruct, says, left) in obstacles {
        let before = Folder::new(&format!("before-{name}"));
        obstruct(&before);
        let error = three().write(&before.0).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
        assert_eq!(before.files(), left, "{name}");

        let between = Folder::new(&format!("between-{name}"));
        let changes = three();
        let mut staged = changes.stage(&between.0, &mut Folders::default()).unwrap();
        obstruct(&between);
        let error = commit(&mut staged).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
        drop(staged);
        assert_eq!(between.files(), left, "{name}, between");
    }
}

#[test]
fn what_was_moved_is_moved_back() {
    let folder = Folder::new("back");
    let changes = three();
    let mut staged = changes.stage(&folder.0, &mut Folders::default()).unwrap();
    // The last one has lost its new bytes.
    fs::remove_file(staged[2].waiting.as_ref().unwrap()).unwrap();
    assert!(commit(&mut staged).is_err());
    drop(staged);
    assert_eq!(folder.files(), pairs(OLD));
}

#[test]
fn nothing_is_written_outside_or_through_links() {
    let (folder, outside) = (Folder::new("inside"), Folder::new("outside"));
    symlink(&outside.0, folder.0.join("link")).unwrap();
    let absolute = outside.0.join("a.toml");
    for path in ["link/a.toml", "../x.toml", absolute.to_str().unwrap(), "", "./../a.toml"] {
        let mut changes = ChangeSet::default();
        changes.set(Path::new("a.toml"), Some(b"old".into()), b"new".into());
        changes.set(Path::new(path), Some(b"old".into()), b"new".into());
        assert!(changes.write(&folder.0).is_err(), "{path}");
        let mut changes = ChangeSet::default();
        changes.relocate(Path::new("a.toml"), b"old", path.into());
        assert!(changes.write(&folder.0).is_err(), "{path}");
        assert_eq!((folder.files(), outside.files()), (pairs(OLD), pairs(OLD)), "{path}");
    }
}

#[test]
fn a_name_is_free_if_only_the_file_itself_has_it() {
    let folder = Folder::new("free");
    folder.put("Capital.toml", "");
    let path = |name: &str| folder.0.join(name);
    assert!(is_free(&path("d.toml"), &path("a.toml")));
    assert!(!is_free(&path("b.toml"), &path("a.toml")));
    assert!(is_free(&path("capital.toml"), &path("Capital.toml")));
    folder.put("capital.toml", "");
    assert!(!is_free(&path("capital.toml"), &path("Capital.toml")));
}

#[test]
fn what_waits_is_not_put_through_a_link_of_somebody_else() {
    let folder = Folder::new("waiting");
    let outside = Folder::new("waiting-outside");
    symlink(outside.0.join("a.toml"), folder.0.join(format!(".a.toml.{}.tmp", std::process::id()))).unwrap();
    assert!(three().write(&folder.0).is_err());
    assert!(replace(&folder.0.join("a.toml"), b"new").is_err());
    assert_eq!(outside.files(), pairs(OLD));
}

#[test]
fn folders_are_made_for_new_files_and_go_when_something_fails() {
    let folder = Folder::new("folders");
    let mut changes = ChangeSet::default();
    changes.set(Path::new("x/y/new.toml"), None, b"new".into());
    changes.set(Path::new("x/z/new.toml"), None, b"new".into());
    changes.set(Path::new("a.toml"), Some(b"other".into()), b"new".into());
    let error = changes.write(&folder.0).unwrap_err();
    assert!(format!("{error:#}").contains("a.toml: the file was changed"), "{error:#}");
    assert!(!folder.0.join("x").exists());
    assert_eq!(folder.files(), pairs(OLD));
    folder.put("a.toml", "other");
    changes.write(&folder.0).unwrap();
    for new in ["x/y/new.toml", "x/z/new.toml"] {
        assert_eq!(io::read_to_string(File::open(folder.0.join(new)).unwrap()).unwrap(), "new");
    }
}

#[test]
fn folders_that_somebody_has_put_something_into_stay() {
    let folder = Folder::new("used-folders");
    let mut folders = Folders::default();
    folders.make(&folder.0, Path::new("x/y/new.toml")).unwrap();
    folder.put("x/other.toml", "other");
    drop(folders);
    assert!(!folder.0.join("x/y").exists() && folder.0.join("x/other.toml").exists());
}

#[test]
fn no_folder_is_made_through_a_link_or_out_of_the_registry() {
    let (folder, other) = (Folder::new("link"), Folder::new("other"));
    symlink(&other.0, folder.0.join("away")).unwrap();
    for path in ["away/made/new.toml", "../lmnet-store-made/new.toml", "a.toml/made/new.toml"] {
        let mut changes = ChangeSet::default();
        changes.set(Path::new(path), None, b"new".into());
        assert!(changes.write(&folder.0).is_err(), "{path}");
    }
    assert!(!other.0.join("made").exists() && !folder.0.parent().unwrap().join("lmnet-store-made").exists());
}
