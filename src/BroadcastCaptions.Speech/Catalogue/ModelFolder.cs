namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>The folder of one model. A file counts when it has its name; until then it is a <c>.part</c>.</summary>
internal sealed class ModelFolder(string root, CatalogueModel model)
{
    public CatalogueModel Model => model;

    public string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(root, model.Name));

    /// <summary>Beside the folder, so that the folder can be removed under the lock.</summary>
    public string LockPath => Path + ".lock";

    public string PathOf(ModelFile file) => System.IO.Path.Combine(Path, file.Name);

    public string PartOf(ModelFile file) => PathOf(file) + ".part";

    /// <summary>Where a package's tarball is downloaded to.</summary>
    public string PartOf(ModelPackage package) =>
        System.IO.Path.Combine(Path, package.Id.Replace('/', '-').TrimStart('@') + ".tgz.part");

    /// <summary>Judges by size: cheap enough for every start.</summary>
    public FileStatus Check(ModelFile file)
    {
        var installed = new FileInfo(PathOf(file));
        var state = installed.Exists
            ? installed.Length == file.Size ? InstallState.Installed : InstallState.Damaged
            : File.Exists(PartOf(file)) ? InstallState.Partial : InstallState.Missing;
        return new FileStatus(file, state, installed.FullName);
    }

    /// <summary>Judges by content.</summary>
    public async Task<FileStatus> VerifyAsync(ModelFile file, CancellationToken cancellation)
    {
        var status = Check(file);
        if (status.State != InstallState.Installed) return status;
        return await DiskFile.Sha256Async(status.Path, cancellation) == file.Sha256 ? status : status with { State = InstallState.Damaged };
    }

    public IReadOnlyList<FileStatus> CheckAll() => [.. model.Files.Select(Check)];

    public bool IsComplete => model.Files.All(file => Check(file).State == InstallState.Installed);

    public ModelStatus Status()
    {
        var files = CheckAll();
        var present = Directory.Exists(Path) ? new DirectoryInfo(Path).EnumerateFiles().Sum(file => file.Length) : 0;
        return new ModelStatus(model, Summarise(files, present), Path, present);
    }

    /// <summary>Gives a whole partial file its name if its content is what the catalogue says; else removes it.</summary>
    public async Task<bool> AcceptAsync(ModelFile file, CancellationToken cancellation)
    {
        var part = PartOf(file);
        if (await DiskFile.Sha256Async(part, cancellation) != file.Sha256)
        {
            DiskFile.Delete(part);
            return false;
        }

        DiskFile.Rename(part, PathOf(file));
        return true;
    }

    private static InstallState Summarise(IReadOnlyList<FileStatus> files, long present)
    {
        if (files.All(file => file.State == InstallState.Installed)) return InstallState.Installed;
        if (files.Any(file => file.State == InstallState.Damaged)) return InstallState.Damaged;
        return present > 0 ? InstallState.Partial : InstallState.Missing;
    }
}
