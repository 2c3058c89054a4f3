using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>Downloads one address into a partial file and resumes what is there already. Judges sizes, not content.</summary>
internal sealed class Downloader(HttpClient http, DownloadSettings settings)
{
    private const int BlockBytes = 128 * 1024;

    /// <summary>Returns when <paramref name="part"/> has <paramref name="size"/> bytes; else it stays for a later attempt.</summary>
    /// <exception cref="SourceException">The address does not give that many bytes.</exception>
    public async Task FetchAsync(Uri address, string part, long size, Action<long> report, CancellationToken cancellation)
    {
        for (var attempt = 1; !IsWhole(part, size); attempt++)
        {
            try
            {
                await ContinueAsync(address, part, size, report, cancellation);
            }
            catch (SourceException e) when (e.MayResume && attempt < settings.Attempts)
            {
                await Task.Delay(settings.Pause * Math.Pow(2, attempt - 1), settings.Time, cancellation);
            }
        }
    }

    private static bool IsWhole(string part, long size)
    {
        var file = new FileInfo(part);
        if (file.Exists && file.Length > size) file.Delete();
        return file.Exists && file.Length == size;
    }

    private async Task ContinueAsync(Uri address, string part, long size, Action<long> report, CancellationToken cancellation)
    {
        using var patience = new Patience(settings.Stall, settings.Time, cancellation);
        await using var file = DiskFile.OpenAtEnd(part);
        using var response = await AskAsync(address, file.Length, patience);
        Resume(response, file, size);
        report(file.Length);

        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            await using var body = await patience.WatchAsync(token => response.Content.ReadAsStreamAsync(token));
            int read;
            while ((read = await patience.WatchAsync(token => body.ReadAsync(block, token).AsTask())) > 0)
            {
                if (file.Length + read > size) throw Discard(file, "gives more bytes than expected");
                await DiskFile.WriteAsync(file, block.AsMemory(0, read), cancellation);
                report(file.Length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        if (file.Length < size) throw new SourceException("breaks off in the middle") { MayResume = true };
    }

    private async Task<HttpResponseMessage> AskAsync(Uri address, long have, Patience patience)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (have > 0) request.Headers.Range = new RangeHeaderValue(have, null);
        try
        {
            return await patience.WatchAsync(token => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token));
        }
        catch (SourceException e)
        {
            throw new SourceException("cannot be reached", e) { IsUnreachable = true };
        }
    }

    // 206: the rest follows. 200: the server ignores ranges, all of it follows.
    private static void Resume(HttpResponseMessage response, FileStream file, long size)
    {
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            throw Discard(file, "does not know that range", mayResume: true);
        if (!response.IsSuccessStatusCode) throw new SourceException($"answers {(int)response.StatusCode}");

        var range = response.Content.Headers.ContentRange;
        var isRest = response.StatusCode == HttpStatusCode.PartialContent;
        if (isRest && range?.From != file.Length) throw Discard(file, "answers another range", mayResume: true);
        if (!isRest) file.SetLength(0);
        if ((isRest ? range!.Length : response.Content.Headers.ContentLength) is { } told && told != size)
            throw Discard(file, "has a file of another size");
    }

    private static SourceException Discard(FileStream file, string reason, bool mayResume = false)
    {
        file.SetLength(0);
        return new SourceException(reason) { MayResume = mayResume };
    }
}
