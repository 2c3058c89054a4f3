using System.Diagnostics;
using System.Globalization;
using BroadcastCaptions.Library;
using BroadcastCaptions.Terminal;
using Spectre.Console;

namespace BroadcastCaptions.Transcription;

/// <summary>Shows how recordings come along: bars with speed and time left in a terminal, a line every ten per cent elsewhere.</summary>
internal sealed class FilesView : IProgress<TranscriptionProgress>
{
    private const int LineEveryPercent = 10;

    /// <summary>Nobody needs lines about what is done in a moment.</summary>
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(2);

    private readonly ProgressContext? _bars;
    private readonly ProgressTask? _all;
    private readonly long _weight;
    private readonly Stopwatch _sinceStart = Stopwatch.StartNew();
    private readonly Stopwatch _sinceBegin = new();
    private readonly Stopwatch _sinceLine = new();
    private Job? _job;
    private ProgressTask? _bar;
    private long _weightBefore;
    private double _heardBefore;
    private double _first;
    private int _percent;

    private FilesView(ProgressContext? bars, long weight, int files)
    {
        (_bars, _weight) = (bars, weight);
        if (files > 1) _all = bars?.AddTask($"{files} files", maxValue: Math.Max(1, weight));
    }

    /// <summary>Runs what is to be shown.</summary>
    /// <param name="weight">What all jobs weigh.</param>
    /// <param name="files">How many they are.</param>
    /// <param name="work">The work.</param>
    public static Task<T> RunAsync<T>(long weight, int files, Func<FilesView, Task<T>> work) => Screen.IsInteractive && files > 0
        ? Screen.Console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new SpeedColumn(), new RemainingTimeColumn())
            .StartAsync(bars => work(new FilesView(bars, weight, files)))
        : work(new FilesView(null, weight, files));

    /// <summary>A job begins.</summary>
    public void Begin(Job job)
    {
        (_job, _percent, _first) = (job, 0, -1);
        _bar = _bars?.AddTask(Markup.Escape(job.Name), autoStart: true);
        if (_bar is not null) _bar.IsIndeterminate = true;
        _sinceBegin.Restart();
        _sinceLine.Restart();
    }

    /// <inheritdoc/>
    public void Report(TranscriptionProgress value)
    {
        if (_first < 0) _first = value.Done; // what an earlier run heard is not this one's speed
        var speed = (value.Done - _first) / Math.Max(0.001, _sinceBegin.Elapsed.TotalSeconds);
        var share = value.Total is > 0 ? Math.Min(1, value.Done / value.Total.Value) : 0;
        if (_bars is not null) Bars(value, speed, share);
        else Line(value, speed, share);
    }

    /// <summary>A job has ended.</summary>
    public void End(JobResult result)
    {
        _bar?.StopTask();
        if (_bar is not null) _bar.Value = _bar.MaxValue;
        if (result.State != JobState.Skipped) _weightBefore += result.Job.Weight;
        _heardBefore += result.Heard;
        if (_all is not null) _all.Value = _weightBefore;
        Outcome.Write(result);
    }

    /// <summary>All is over.</summary>
    public void Sum(IReadOnlyList<JobResult> results, int jobs)
    {
        if (jobs > 1) Outcome.Sum(results, jobs, _sinceStart.Elapsed.TotalSeconds);
    }

    private void Bars(TranscriptionProgress value, double speed, double share)
    {
        if (_bar is not null && value.Total is { } total)
        {
            _bar.IsIndeterminate = false;
            _bar.MaxValue = Math.Max(0.001, total);
            _bar.Value = value.Done;
        }

        _bar?.State.Update<double>(SpeedColumn.Key, _ => speed);
        if (_all is null) return;
        _all.Value = _weightBefore + (share * (_job?.Weight ?? 0));
        _all.State.Update<double>(SpeedColumn.Key, _ => (_heardBefore + value.Done - _first) / Math.Max(0.001, _sinceStart.Elapsed.TotalSeconds));
    }

    private void Line(TranscriptionProgress value, double speed, double share)
    {
        var percent = (int)(100 * share);
        if (percent < _percent + LineEveryPercent || percent >= 100 || _sinceLine.Elapsed < LineEvery) return;
        _percent = percent;
        _sinceLine.Restart();
        var left = speed > 0 ? $", {Clock((value.Total!.Value - value.Done) / speed)} left" : "";
        var all = _all is null && _weight > (_job?.Weight ?? 0) ? $" (all files: {100 * (_weightBefore + (share * _job!.Weight)) / _weight:0} %)" : "";
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_job?.Name}: {percent} %, {speed:0} × real time{left}{all}"));
    }

    private static string Clock(double seconds) => TimeSpan.FromSeconds(Math.Max(0, seconds)).ToString(@"h\:mm\:ss");
}
