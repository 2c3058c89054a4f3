using System.ComponentModel;
using System.Diagnostics;
using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Audio.Files;

/// <summary>
/// Decodes whatever FFmpeg reads, in FFmpeg's own process, at the file's own rate and channels. FFmpeg writes a WAV stream into the
/// pipe, so that its header tells the format. Killed on dispose.
/// </summary>
internal sealed class FfmpegReader : ISampleReader
{
    private readonly string _name;
    private readonly Process _process;
    private readonly FfmpegLog _log;
    private readonly Task _logging;
    private readonly WavReader _wav;
    private string? _degradation;

    private FfmpegReader(string name, Process process, FfmpegLog log, Task logging, WavReader wav) =>
        (_name, _process, _log, _logging, _wav) = (name, process, log, logging, wav);

    /// <inheritdoc/>
    public AudioFormat Format => _wav.Format;

    /// <inheritdoc/>
    public double? TotalSeconds => _log.TotalSeconds;

    /// <inheritdoc/>
    public string? Degradation => _degradation;

    /// <summary>Starts FFmpeg and reads up to the first sample.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ffmpeg">The program; a name is looked up in PATH.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="CaptionsException">FFmpeg is missing, or finds no sound in the file.</exception>
    public static async Task<FfmpegReader> OpenAsync(string path, string ffmpeg, CancellationToken cancellation)
    {
        var name = Path.GetFileName(path);
        var process = Start(path, ffmpeg, name);
        var log = new FfmpegLog();
        var logging = CollectAsync(process.StandardError, log);
        try
        {
            var wav = await WavReader.OpenAsync(process.StandardOutput.BaseStream, name, cancellation);
            return new FfmpegReader(name, process, log, logging, wav ?? throw new InvalidDataException("coded samples"));
        }
        catch (InvalidDataException)
        {
            await logging; // FFmpeg ended without a header: its last words say why
            await StopAsync(process);
            throw FileFailures.FromFfmpeg(name, log);
        }
        catch
        {
            await StopAsync(process);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<float> destination, CancellationToken cancellation)
    {
        var samples = await _wav.ReadAsync(destination, cancellation);
        if (samples > 0) return samples;
        await _logging.WaitAsync(cancellation);
        if (_log.FirstError is { } error) _degradation = $"{_name} is damaged ({error}); what could be decoded is used.";
        return 0;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(_process);
        await _wav.DisposeAsync();
    }

    private static Process Start(string path, string ffmpeg, string name)
    {
        var start = new ProcessStartInfo(ffmpeg) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        // file: and the whitelist: a play list inside a file must not make FFmpeg reach for the network.
        string[] arguments =
        [
            "-nostdin", "-hide_banner", "-nostats", "-v", "level+info", "-protocol_whitelist", "file,pipe,crypto,data",
            "-i", "file:" + Path.GetFullPath(path), "-map", "0:a:0", "-c:a", "pcm_f32le", "-f", "wav", "pipe:1",
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw FileFailures.FfmpegMissing(name, failure);
        }
    }

    private static async Task CollectAsync(StreamReader errors, FfmpegLog log)
    {
        while (await errors.ReadLineAsync() is { } line) log.Add(line);
    }

    private static async Task StopAsync(Process process)
    {
        using (process)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }
}
