using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>Takes models from a folder: files are known by their content, whatever they are called and wherever they lie in it.</summary>
internal sealed class ModelImporter(IReadOnlyList<ModelFolder> models, StoreParts parts)
{
    private readonly List<(string Model, string File)> _taken = [];
    private readonly List<string> _refused = [];

    /// <param name="folder">The folder, which exists.</param>
    /// <param name="whispers">Folders in it that hold Whisper models, which are taken otherwise.</param>
    /// <param name="mustFind">Is it wrong if nothing is found?</param>
    /// <param name="cancellation">Ends the copying.</param>
    public async Task<ModelImport> ImportAsync(string folder, IReadOnlyList<string> whispers, bool mustFind, CancellationToken cancellation)
    {
        var others = Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true })
            .Where(path => !whispers.Any(whisper => Path.GetFullPath(path).StartsWith(whisper + Path.DirectorySeparatorChar, StringComparison.Ordinal)));
        foreach (var path in others.ToList()) await TakeAsync(path, cancellation);

        if (mustFind && _taken.Count == 0 && _refused.Count == 0)
            throw new CaptionsException(
                $"{folder} holds no file of a model in the catalogue, and no folder with the config.json of a Whisper model.",
                "\"captions models list --json\" tells the files' names and SHA-256.");
        var touched = _taken.Select(taken => taken.Model).ToHashSet();
        return new ModelImport(
            _taken, _refused, [.. models.Where(model => touched.Contains(model.Model.Name) && model.IsComplete).Select(model => model.Model.Name)]);
    }

    private async Task TakeAsync(string path, CancellationToken cancellation)
    {
        var size = new FileInfo(path).Length;
        var all = models.SelectMany(model => model.Model.Files.Select(file => (Model: model, File: file))).ToList();
        var candidates = all.Where(pair => pair.File.Sha256 is not null && (pair.File.Size ?? size) == size).ToList();
        var hash = candidates.Count > 0 ? await DiskFile.Sha256Async(path, cancellation) : "";
        var matches = candidates.Where(pair => pair.File.Sha256 == hash).ToList();
        foreach (var (model, file) in matches) await CopyAsync(path, model, file, cancellation);

        var name = Path.GetFileName(path);
        if (matches.Count == 0 && all.Any(pair => pair.File.Sha256 is not null && pair.File.Name == name))
            _refused.Add($"{path} is not the {name} of any model in the catalogue: its {(candidates.Count > 0 ? "SHA-256" : "size")} differs.");
    }

    private async Task CopyAsync(string path, ModelFolder model, ModelFile file, CancellationToken cancellation)
    {
        DiskFile.CreateFolder(model.Path);
        using var held = await FileLock.AcquireAsync(model.LockPath, parts.Downloads.Time, cancellation);
        parts.Disk.Require(model.Path, new FileInfo(path).Length, model.Model.Name);
        await using (var from = File.OpenRead(path))
            await DiskFile.CopyAsync(from, model.PartOf(file), cancellation);
        if (await model.AcceptAsync(file, path, null, cancellation)) _taken.Add((model.Model.Name, file.Name));
        else _refused.Add($"{path} changed while it was copied.");
    }
}
