"""The pages of the minutes: drafted, corrected, agreed, issued."""
