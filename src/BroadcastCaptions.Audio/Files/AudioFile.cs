namespace BroadcastCaptions.Audio.Files;

/// <summary>Opens a recording with the reader that fits what the file holds (its name does not matter).</summary>
internal static class AudioFile
{
    private const int LookedAt = 512;

    /// <summary>Opens the file.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="ffmpeg">The FFmpeg program, for all but plain WAV.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="Failures.CaptionsException">The file cannot be played; says why.</exception>
    public static async Task<ISampleReader> OpenAsync(string path, string ffmpeg, CancellationToken cancellation)
    {
        if (Directory.Exists(path)) throw FileFailures.IsFolder(path);
        if (!File.Exists(path)) throw FileFailures.Missing(path);
        var name = Path.GetFileName(path);
        FileStream file;
        try
        {
            file = Open(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw FileFailures.Unreadable(path, failure);
        }

        try
        {
            if (!file.CanSeek) throw FileFailures.IsPipe(path);
            if (await OpenWavAsync(file, path, name, cancellation) is { } wav) return wav;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        await file.DisposeAsync();
        return await FfmpegReader.OpenAsync(path, ffmpeg, cancellation);
    }

    private static FileStream Open(string path)
    {
        FileStream As(FileAccess access) => new(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, useAsync: true);
        if (new FileInfo(path).Length > 0) return As(FileAccess.Read);
        try
        {
            // A pipe, maybe: to open one for reading waits, deaf to Ctrl-C, until somebody writes into it.
            return As(FileAccess.ReadWrite);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return As(FileAccess.Read); // on a disk that is only read, say
        }
    }

    private static async Task<WavReader?> OpenWavAsync(FileStream file, string path, string name, CancellationToken cancellation)
    {
        try
        {
            var start = new byte[LookedAt];
            var length = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
            if (length == 0) throw FileFailures.Empty(name);
            if (IsText(start.AsSpan(0, length))) throw FileFailures.IsText(name);
            if (!WavHeader.Begins(start.AsSpan(0, length))) return null;
            file.Position = 0;
            return await WavReader.OpenAsync(file, name, cancellation);
        }
        catch (InvalidDataException)
        {
            throw FileFailures.NoSamples(name);
        }
        catch (IOException failure)
        {
            throw FileFailures.Unreadable(path, failure);
        }
    }

    // No audio format begins with hundreds of bytes of which none is a control character.
    private static bool IsText(ReadOnlySpan<byte> start)
    {
        foreach (var value in start)
            if (value is < 32 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f') or 127) return false;
        return true;
    }
}
