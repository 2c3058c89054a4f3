using System.Collections.Concurrent;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>One pull of one model: asks each missing file's sources in order until one gives the right bytes; some files at once.</summary>
internal sealed class ModelInstaller(
    ModelFolder folder, ModelCatalogue catalogue, StoreParts parts, IProgress<DownloadProgress>? progress) : IDisposable
{
    private readonly Downloader _downloader = new(parts.Web, parts.Downloads);
    private readonly ConcurrentDictionary<string, SourceException> _unreachable = new();
    private readonly ConcurrentDictionary<string, long> _sizes = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _parts = new(); // one writes a partial file at a time
    private readonly SemaphoreSlim _package = new(1);

    private CatalogueModel Model => folder.Model;

    private IEnumerable<ModelFile> Missing => Model.Files.Where(file => folder.Check(file).State != InstallState.Installed);

    /// <exception cref="CaptionsException">No source gives one of the files, or the disk does not take it.</exception>
    public async Task InstallAsync(CancellationToken cancellation)
    {
        var several = new ParallelOptions { MaxDegreeOfParallelism = parts.Downloads.Parallel, CancellationToken = cancellation };
        await Parallel.ForEachAsync(Missing.Where(file => folder.SizeOf(file) is null).ToList(), several, async (file, token) => await AskSizeAsync(file, token));
        parts.Disk.Require(folder.Path, Missing.Sum(ToCome), Model.Name);
        await Parallel.ForEachAsync(Missing.ToList(), several, async (file, token) => await InstallAsync(file, token));
    }

    public void Dispose()
    {
        _package.Dispose();
        foreach (var part in _parts.Values) part.Dispose();
    }

    private long ToCome(ModelFile file)
    {
        var part = new FileInfo(folder.PartOf(file));
        return Math.Max(0, (folder.SizeOf(file) ?? _sizes.GetValueOrDefault(file.Name)) - (part.Exists ? part.Length : 0));
    }

    /// <summary>Only that the disk may be asked first: where nobody answers, the download itself will tell.</summary>
    private async Task AskSizeAsync(ModelFile file, CancellationToken cancellation)
    {
        if (file.Sources is not [{ Url: { } address } source, ..] || _unreachable.ContainsKey(source.Name)) return;
        try
        {
            if (await _downloader.SizeAsync(address, cancellation) is { } size) _sizes[file.Name] = size;
        }
        catch (SourceException e)
        {
            if (e.IsNotFound && file is { Optional: true, Sources.Count: 1 }) folder.NoteAbsence(file, address.AbsoluteUri);
            if (e.IsUnreachable) _unreachable[source.Name] = e;
        }
    }

    private async Task InstallAsync(ModelFile file, CancellationToken cancellation)
    {
        var failures = new List<string>();
        var (address, absent) = ((Uri?)null, false);
        foreach (var source in file.Sources)
        {
            try
            {
                if (_unreachable.TryGetValue(source.Name, out var known)) throw known;
                if ((address = source.Url) is not null) await FromWebAsync(file, address, cancellation);
                else await FromPackageAsync(file, source, cancellation);
                return;
            }
            catch (SourceException e)
            {
                failures.Add($"{Place(source)} {e.Message}");
                absent |= e.IsNotFound;
                if (e.IsUnreachable) _unreachable[source.Name] = e;
            }
        }

        if (file.Optional && absent) folder.NoteAbsence(file, address?.AbsoluteUri ?? "");
        else throw NotToBeHad(file, failures);
    }

    private string Place(FileSource source) => source.Url is { } address ? parts.Web.Locate(address).Host : source.Name;

    private async Task FromWebAsync(ModelFile file, Uri address, CancellationToken cancellation)
    {
        using var held = await HoldAsync(file, cancellation);
        if (folder.Check(file).State == InstallState.Installed) return;
        DiskFile.CreateFolder(Path.GetDirectoryName(folder.PathOf(file))!);
        var wrong = file.Sha256 is not null ? "gives other bytes than the catalogue's SHA-256 says"
            : folder.Sha256Of(file) is not null ? "gives other bytes than were recorded at the first pull (\"captions models rm\" forgets them)"
            : "gives other bytes than its own SHA-256 says";
        var download = new Download(address, folder.PartOf(file), folder.SizeOf(file), folder.Sha256Of(file) is not null, Reporter(file.Name, parts.Web.Locate(address).Host));
        await TakeAsync(download, claimed => folder.AcceptAsync(file, address.AbsoluteUri, claimed, cancellation), wrong, cancellation);
    }

    // A package is fetched once for all the files that it holds: whoever waited for it may find its file there.
    private async Task FromPackageAsync(ModelFile file, FileSource source, CancellationToken cancellation)
    {
        await _package.WaitAsync(cancellation);
        try
        {
            if (folder.Check(file).State == InstallState.Installed) return;
            var package = catalogue.Package(source.Package!);
            var tarball = folder.PartOf(package);
            parts.Disk.Require(folder.Path, package.Size + Missing.Sum(missing => missing.Size ?? 0), Model.Name);
            var address = await parts.Npm.LocateAsync(package.Id, cancellation);
            var download = new Download(address, tarball, package.Size, true, Reporter(package.Id, source.Name));
            await TakeAsync(download, _ => HasIntegrityAsync(tarball, package, cancellation), "gives other bytes than the catalogue's SHA-512 says", cancellation);
            await UnpackAsync(package, tarball, cancellation);
        }
        finally
        {
            _package.Release();
        }
    }

    // What was resumed may have been begun by another server: wrong bytes count against this source only when all are its own.
    private async Task TakeAsync(Download download, Func<string?, Task<bool>> accept, string wrong, CancellationToken cancellation)
    {
        for (var isFresh = !File.Exists(download.Part); ; isFresh = true)
        {
            var accepted = await accept(await _downloader.FetchAsync(download, cancellation));
            Validator.Forget(download.Part);
            if (accepted) return;
            if (isFresh) throw new SourceException(wrong);
        }
    }

    private Action<long, long> Reporter(string what, string source) =>
        (done, total) => progress?.Report(new DownloadProgress(Model.Name, what, done, total, source));

    private static async Task<bool> HasIntegrityAsync(string tarball, ModelPackage package, CancellationToken cancellation)
    {
        if (await DiskFile.IntegrityAsync(tarball, cancellation) == package.Integrity) return true;
        DiskFile.Delete(tarball);
        return false;
    }

    // Everything of this model that the package holds, since it is here, but for what is just coming from the web.
    private async Task UnpackAsync(ModelPackage package, string tarball, CancellationToken cancellation)
    {
        using var holds = new Holds();
        var held = Missing
            .Select(file => (File: file, Source: file.Sources.FirstOrDefault(source => source.Package == package.Id)))
            .Where(pair => pair.Source is not null && holds.TryAdd(PartOf(pair.File)))
            .ToList();
        await Tarball.ExtractAsync(tarball, held.ToDictionary(pair => pair.Source!.Path!, pair => folder.PartOf(pair.File)), cancellation);
        DiskFile.Delete(tarball);
        foreach (var (file, _) in held)
            if (!await folder.AcceptAsync(file, $"npm:{package.Id}", null, cancellation))
                throw new SourceException("has a package with other bytes than the catalogue's SHA-256 says");
    }

    private SemaphoreSlim PartOf(ModelFile file) => _parts.GetOrAdd(file.Name, static _ => new SemaphoreSlim(1));

    private async Task<Holds> HoldAsync(ModelFile file, CancellationToken cancellation)
    {
        await PartOf(file).WaitAsync(cancellation);
        return new Holds(PartOf(file));
    }

    private CaptionsException NotToBeHad(ModelFile file, List<string> failures) => new(
        failures.Count == 0
            ? $"{file.Name} of {Model.Name} cannot be downloaded: the catalogue names no place."
            : $"{file.Name} of {Model.Name} cannot be downloaded: {string.Join("; ", failures)}.",
        $"Connect to the network and run \"captions models pull {Model.Name}\", or copy the model's folder from another machine and run "
        + "\"captions models import FOLDER\".");
}
