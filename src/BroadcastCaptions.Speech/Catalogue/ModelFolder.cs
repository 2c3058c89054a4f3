namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>The folder of one model. A file counts when it has its name; until then it is a <c>.part</c>.</summary>
internal sealed class ModelFolder(string root, CatalogueModel model)
{
    /// <summary>Graphs that were rewritten for this machine lie in a folder of this name beside the model's: ours, to be made anew at any time.</summary>
    private const string Rewritten = "rewritten";

    private readonly ModelPins _pins = new(System.IO.Path.Combine(root, model.Name));

    public CatalogueModel Model => model;

    public string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(root, model.Name));

    /// <summary>Beside the folder, so that the folder can be removed under the lock.</summary>
    public string LockPath => Path + ".lock";

    public string PathOf(ModelFile file) => System.IO.Path.Combine(Path, file.Name.Replace('/', System.IO.Path.DirectorySeparatorChar));

    public string PartOf(ModelFile file) => PathOf(file) + ".part";

    /// <summary>Where a package's tarball is downloaded to.</summary>
    public string PartOf(ModelPackage package) =>
        System.IO.Path.Combine(Path, package.Id.Replace('/', '-').TrimStart('@') + ".tgz.part");

    /// <summary>Bytes that a file must have; null where nobody has said so yet.</summary>
    public long? SizeOf(ModelFile file) => file.Size ?? _pins.Find(file.Name)?.Size;

    /// <summary>The hash that a file must have: the catalogue's, else the recorded one; null where nothing vouches for it yet.</summary>
    public string? Sha256Of(ModelFile file) => file.Sha256 ?? (_pins.Find(file.Name) is { Absent: false } pin ? pin.Sha256 : null);

    /// <summary>Judges by size: cheap enough for every start.</summary>
    public FileStatus Check(ModelFile file)
    {
        var installed = new FileInfo(PathOf(file));
        var state = installed.Exists
            ? installed.Length > 0 && (SizeOf(file) ?? installed.Length) == installed.Length ? InstallState.Installed : InstallState.Damaged
            : IsKnownToBeAbsent(file) ? InstallState.Installed
            : File.Exists(PartOf(file)) ? InstallState.Partial : InstallState.Missing;
        return new FileStatus(file, state, installed.FullName);
    }

    /// <summary>Judges by content. A file that nothing vouches for is judged by its size alone.</summary>
    public async Task<FileStatus> VerifyAsync(ModelFile file, CancellationToken cancellation)
    {
        var status = Check(file);
        if (status.State != InstallState.Installed || !File.Exists(status.Path) || Sha256Of(file) is not { } expected) return status;
        return await DiskFile.Sha256Async(status.Path, cancellation) == expected
            ? status with { IsVerified = true }
            : status with { State = InstallState.Damaged };
    }

    public IReadOnlyList<FileStatus> CheckAll() => [.. model.Files.Select(Check)];

    public bool IsComplete => model.Files.All(file => Check(file).State == InstallState.Installed);

    public ModelStatus Status()
    {
        var files = CheckAll();
        var present = Directory.Exists(Path) ? new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;
        return new ModelStatus(model, Summarise(files, present), Path, present);
    }

    /// <summary>
    /// Gives a whole partial file its name if its content is what the catalogue says, or what was recorded; else removes it. What nobody has
    /// vouched for yet is recorded.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="claimed">SHA-256 by the server's word; null: it gave none.</param>
    /// <param name="cancellation">Ends the check.</param>
    public async Task<bool> AcceptAsync(ModelFile file, string source, string? claimed, CancellationToken cancellation)
    {
        var part = PartOf(file);
        var hash = await DiskFile.Sha256Async(part, cancellation);
        if ((Sha256Of(file) ?? claimed ?? hash) != hash)
        {
            DiskFile.Delete(part);
            return false;
        }

        if (file.Sha256 is null) _pins.Keep(file.Name, new FilePin(new FileInfo(part).Length, hash, source));
        DiskFile.Rename(part, PathOf(file));
        return true;
    }

    /// <summary>The source has not this optional file.</summary>
    public void NoteAbsence(ModelFile file, string source) => _pins.Keep(file.Name, new FilePin(0, "", source, Absent: true));

    /// <summary>What of the folder is ours: the model's files, what was begun of them, and what was made from them.</summary>
    public IEnumerable<string> Own() => Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Where(path =>
        path.EndsWith(".part", StringComparison.Ordinal) || path.EndsWith(Validator.Suffix, StringComparison.Ordinal)
        || System.IO.Path.GetRelativePath(Path, path).Split(System.IO.Path.DirectorySeparatorChar).SkipLast(1).Contains(Rewritten)
        || System.IO.Path.GetRelativePath(Path, path) is ModelPins.FileName or CatalogueFile.EntryFileName
        || model.Files.Any(file => PathOf(file) == path));

    // Where nothing was recorded the files were put here by hand: what is optional is not asked for.
    private bool IsKnownToBeAbsent(ModelFile file) => file.Optional && (_pins.Find(file.Name) is { Absent: true }
        || (_pins.IsEmpty && model.Files.All(other => other.Optional || File.Exists(PathOf(other)))));

    private static InstallState Summarise(IReadOnlyList<FileStatus> files, long present)
    {
        if (files.All(file => file.State == InstallState.Installed)) return InstallState.Installed;
        if (files.Any(file => file.State == InstallState.Damaged)) return InstallState.Damaged;
        return present > 0 ? InstallState.Partial : InstallState.Missing;
    }
}
