"""What can be seen and read in a file that a stranger sent: its pages as pictures, and its words.

Everything here runs in a process of its own (`__main__`) with little memory and little time, because what
reads pictures, PDF and archives has had faults and will have more. It knows neither Django nor the database.
"""
