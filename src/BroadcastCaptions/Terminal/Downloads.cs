using System.Globalization;
using BroadcastCaptions.Speech.Catalogue;
using Spectre.Console;

namespace BroadcastCaptions.Terminal;

/// <summary>Shows downloads: a bar in a terminal, a line every ten per cent elsewhere. Nothing is shown where nothing is downloaded.</summary>
internal sealed class Downloads : IProgress<DownloadProgress>
{
    private const int LineEveryPercent = 10;
    private const long Worth = 1_000_000; // bytes from which on a file is worth a line

    private readonly ProgressContext? _bars;
    private readonly Dictionary<string, ProgressTask> _tasks = [];
    private readonly Dictionary<string, long> _written = [];
    private readonly Lock _lock = new();

    private Downloads(ProgressContext? bars) => _bars = bars;

    /// <summary>Runs what may download.</summary>
    public static Task<T> RunAsync<T>(Func<IProgress<DownloadProgress>, Task<T>> work) => Screen.IsInteractive
        ? Screen.Console.Progress().AutoClear(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .StartAsync(bars => work(new Downloads(bars)))
        : work(new Downloads(null));

    /// <inheritdoc/>
    public void Report(DownloadProgress value)
    {
        lock (_lock)
        {
            if (_bars is not null) Bar(_bars, value);
            else Line(value);
        }
    }

    private void Bar(ProgressContext bars, DownloadProgress value)
    {
        var name = $"{value.Model} ({value.File}) from {value.Source}";
        if (!_tasks.TryGetValue(value.File, out var task))
            _tasks[value.File] = task = bars.AddTask(Markup.Escape(name), maxValue: Math.Max(1, value.Total));
        task.MaxValue = Math.Max(1, value.Total);
        task.Value = value.Done;
    }

    private void Line(DownloadProgress value)
    {
        var percent = value.Total > 0 ? 100 * value.Done / value.Total : 0;
        if (value.Total < Worth) return;
        if (_written.TryGetValue(value.File, out var last) && percent < last + LineEveryPercent) return;
        _written[value.File] = percent;
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Downloading {value.Model} ({value.File}) from {value.Source}: {percent} % of {value.Total / 1e6:0.0} MB"));
    }
}
