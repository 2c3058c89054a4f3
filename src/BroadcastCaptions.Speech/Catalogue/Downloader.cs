using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>What is downloaded, and where to.</summary>
/// <param name="Address">The catalogue's address.</param>
/// <param name="Part">The partial file.</param>
/// <param name="Size">Bytes that it must have; null: as many as the server has.</param>
/// <param name="IsPinned">Wrong bytes would be found out by their hash: what is there may be resumed even where the server gives its files no versions.</param>
/// <param name="Report">Told of bytes done, and of all, 0 while unknown.</param>
internal sealed record Download(Uri Address, string Part, long? Size, bool IsPinned, Action<long, long> Report);

/// <summary>Downloads one address into a partial file and resumes what is there already. Judges sizes and versions, not content.</summary>
internal sealed class Downloader(WebRequests web, DownloadSettings settings)
{
    private const int BlockBytes = 128 * 1024;

    /// <summary>Bytes of a server and a file that are known before the download; nulls where the server does not say.</summary>
    /// <exception cref="SourceException">It has no such file, or cannot be reached.</exception>
    public async Task<long?> SizeAsync(Uri address, CancellationToken cancellation)
    {
        using var patience = new Patience(settings.Stall, settings.Time, cancellation);
        using var answer = await AskAsync(HttpMethod.Head, address, static _ => { }, 0, patience);
        if (answer.Response.StatusCode == HttpStatusCode.NotFound) throw Refusal(answer.Response, address);
        return answer.Response.IsSuccessStatusCode ? answer.Size ?? answer.Response.Content.Headers.ContentLength : null;
    }

    /// <summary>Returns when the partial file is whole, with its SHA-256 where the server told it; else it stays for a later attempt.</summary>
    /// <exception cref="SourceException">The address does not give it.</exception>
    public async Task<string?> FetchAsync(Download download, CancellationToken cancellation)
    {
        var most = 0L;
        for (var failures = 0; !IsWhole(download);)
        {
            try
            {
                return await ContinueAsync(download, cancellation);
            }
            catch (SourceException e) when (e.MayResume)
            {
                var length = new FileInfo(download.Part) is { Exists: true } file ? file.Length : 0;
                failures = length >= most + BlockBytes && failures > 0 ? 1 : failures + 1; // who brings something new has not failed in a row
                most = Math.Max(most, length);
                var pause = settings.PauseAfter(failures, e);
                if (failures >= settings.Attempts) throw;
                if (pause > settings.LongestPause) throw new SourceException($"{e.Message} and asks to be left alone for {pause.TotalSeconds:0} s", e);
                await Task.Delay(pause, settings.Time, cancellation);
            }
        }

        return null;
    }

    private static bool IsWhole(Download download)
    {
        var file = new FileInfo(download.Part);
        if (file.Exists && file.Length > download.Size) file.Delete();
        return file.Exists && file.Length == download.Size;
    }

    private async Task<string?> ContinueAsync(Download download, CancellationToken cancellation)
    {
        using var patience = new Patience(settings.Stall, settings.Time, cancellation);
        await using var file = DiskFile.OpenAtEnd(download.Part);
        var version = file.Length > 0 ? Validator.Of(download.Part) : null;
        if (version is null && !download.IsPinned) file.SetLength(0);
        using var answer = await AskAsync(HttpMethod.Get, download.Address, request => AskForRest(request, file.Length, version), file.Length, patience);
        if (IsAllThere(answer.Response, file.Length, version)) return answer.Sha256;
        var size = Resume(answer, file, version, download);
        download.Report(file.Length, size ?? 0);

        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            await using var body = await patience.WatchAsync(token => answer.Response.Content.ReadAsStreamAsync(token));
            int read;
            while ((read = await patience.WatchAsync(token => body.ReadAsync(block, token).AsTask())) > 0)
            {
                if (file.Length + read > (size ?? long.MaxValue)) throw Discard(file, "gives more bytes than expected");
                await DiskFile.WriteAsync(file, block.AsMemory(0, read), cancellation);
                download.Report(file.Length, size ?? 0);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        return file.Length < size ? throw new SourceException("breaks off in the middle") { MayResume = true } : answer.Sha256;
    }

    private async Task<WebAnswer> AskAsync(HttpMethod method, Uri address, Action<HttpRequestMessage> prepare, long have, Patience patience)
    {
        try
        {
            return await patience.WatchAsync(token => web.SendAsync(method, address, prepare, token));
        }
        catch (SourceException e) when (e.MayResume)
        {
            // Where something came before, the network hesitates; where nothing did, the host is out of reach.
            throw new SourceException("cannot be reached", e) { IsUnreachable = have == 0, MayResume = have > 0 };
        }
    }

    private static void AskForRest(HttpRequestMessage request, long have, string? version)
    {
        if (have == 0) return;
        request.Headers.Range = new RangeHeaderValue(have, null);
        if (version is not null && EntityTagHeaderValue.TryParse(version, out var tag) && !tag.IsWeak) request.Headers.IfRange = new RangeConditionHeaderValue(tag);
    }

    // 416, and the end is where we are: the download was interrupted after its last byte.
    private static bool IsAllThere(HttpResponseMessage response, long have, string? version) =>
        response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && version is not null && have > 0 && response.Content.Headers.ContentRange?.Length == have;

    // 206: the rest follows. 200: the server ignores ranges, or has another version; all of it follows.
    private long? Resume(WebAnswer answer, FileStream file, string? version, Download download)
    {
        var response = answer.Response;
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            throw Discard(file, "does not know that range", mayResume: true);
        if (!response.IsSuccessStatusCode) throw Refusal(response, download.Address);

        var range = response.Content.Headers.ContentRange;
        var isRest = response.StatusCode == HttpStatusCode.PartialContent;
        if (isRest && range?.From != file.Length) throw Discard(file, "answers another range", mayResume: true);
        if (isRest && version is not null && (response.Headers.ETag?.ToString() ?? version) != version) throw Discard(file, "has another version of it by now", mayResume: true);
        if (!isRest)
        {
            file.SetLength(0);
            Validator.Keep(download.Part, response.Headers.ETag?.ToString());
        }

        var told = isRest ? range!.Length : response.Content.Headers.ContentLength;
        if (download.Size is { } expected && told is { } other && other != expected) throw Discard(file, "has a file of another size");
        return download.Size ?? told;
    }

    private SourceException Refusal(HttpResponseMessage response, Uri address)
    {
        var status = (int)response.StatusCode;
        var busy = response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
        var closed = status is 401 or 403 && web.WantsToken(address) ? ": it opens to the token of an account that may read it, in HF_TOKEN" : "";
        var after = response.Headers.RetryAfter;
        return new SourceException($"answers {status}{closed}")
        {
            MayResume = busy,
            IsNotFound = status is 404 or 410,
            RetryAfter = after?.Delta ?? after?.Date - settings.Time.GetUtcNow(),
        };
    }

    private static SourceException Discard(FileStream file, string reason, bool mayResume = false)
    {
        file.SetLength(0);
        return new SourceException(reason) { MayResume = mayResume };
    }
}
